package io.mutirao.gateway.databricks;

import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.http.Fields;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Checks the settings that are kept and shown but not carried out here: whoever sends nonsense
 * hears of it now and not when they come to be used.
 */
final class SettingsOutline {

  private static final int MAX_TAGS = 25;

  private static final List<String> GIT_PROVIDERS =
      List.of(
          "gitHub",
          "bitbucketCloud",
          "azureDevOpsServices",
          "gitHubEnterprise",
          "bitbucketServer",
          "gitLab",
          "gitLabEnterpriseEdition",
          "awsCodeCommit");

  static void check(Fields settings) throws Rejected {
    settings.optionalText("description");
    Map<String, String> tags = Texts.map(settings, "tags");
    if (tags.size() > MAX_TAGS) {
      throw Rejected.field(
          settings.at("tags"), "at most " + MAX_TAGS + " are allowed, not " + tags.size());
    }
    git(settings);
    Fields deployment = settings.object("deployment");
    if (deployment != null) {
      deployment.text("kind");
    }
  }

  private static void git(Fields settings) throws Rejected {
    Fields git = settings.object("git_source");
    if (git == null) {
      return;
    }
    git.text("git_url");
    if (!git.has("git_provider")) {
      throw Rejected.field(
          git.at("git_provider"),
          "required field is missing, expected one of " + String.join(", ", GIT_PROVIDERS));
    }
    git.word("git_provider", GIT_PROVIDERS);
    List<String> what = Stream.of("git_branch", "git_tag", "git_commit").filter(git::has).toList();
    if (what.size() > 1) {
      throw Rejected.field("git_source", "at most one of git_branch, git_tag, git_commit");
    }
    for (String name : what) {
      git.text(name);
    }
  }

  private SettingsOutline() {}
}
