package io.mutirao.gateway.databricks;

/** The one workspace that an installation is. */
public final class Workspace {

  /** A number; in old clients an organization's. */
  public static final String ID = "1";

  /** Clients ask who they are to read here where they are. */
  public static final String ID_HEADER = "X-Databricks-Org-Id";

  private Workspace() {}
}
