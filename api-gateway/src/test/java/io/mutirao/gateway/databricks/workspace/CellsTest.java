package io.mutirao.gateway.databricks.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mutirao.objects.Notebook.Language;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CellsTest {

  private static final List<String> CELLS =
      List.of("%md\n# Title <b>&</b>\n\nmore", "x = 1\n\ny = '%md'", "", "%sql\nselect 1");

  @ParameterizedTest
  @EnumSource(Language.class)
  void aNotebookComesBackFromEveryFormat(Language language) {
    Cells notebook = new Cells(language, CELLS);
    assertThat(Cells.ofSource(language, notebook.source())).isEqualTo(notebook);
    assertThat(Jupyter.read(Jupyter.write(notebook))).contains(notebook);
    assertThat(Html.read(Html.write("a \"name\"", notebook))).contains(notebook);
  }

  @Test
  void sourceIsWrittenAsDatabricksDoes() {
    assertThat(new Cells(Language.SCALA, List.of("%md\nHello", "val x = 1")).source())
        .isEqualTo(
            """
            // Databricks notebook source
            // MAGIC %md
            // MAGIC Hello

            // COMMAND ----------

            val x = 1
            """);
  }

  @Test
  void sourceWithOtherLineEndsIsReadToo() {
    String source = "# Databricks notebook source\r\na\r\n# COMMAND ----------\r\nb\r\n";
    assertThat(Cells.ofSource(Language.PYTHON, source).cells()).containsExactly("a", "b");
  }

  @Test
  void onlyTheFirstLineSaysThatItIsANotebook() {
    assertThat(Cells.saysSo(Language.SQL, "-- Databricks notebook source")).isTrue();
    assertThat(Cells.saysSo(Language.SQL, "-- Databricks notebook sources\n")).isFalse();
    assertThat(Cells.saysSo(Language.SQL, "\n-- Databricks notebook source\n")).isFalse();
    assertThat(Cells.saysSo(Language.SQL, "# Databricks notebook source\n")).isFalse();
  }

  @Test
  void aJupyterNotebookOfAnotherToolIsRead() {
    String json =
        """
        {"cells": [{"cell_type": "markdown", "source": ["# A\\n", "b"]},
                   {"cell_type": "code", "source": "print(1)", "outputs": [{"text": "1"}]}],
         "metadata": {"kernelspec": {"language": "R"}}, "nbformat": 4}
        """;
    Cells notebook = Jupyter.read(json.getBytes(UTF_8)).orElseThrow();
    assertThat(notebook).isEqualTo(new Cells(Language.R, List.of("%md\n# A\nb", "print(1)")));
  }

  @Test
  void whatIsNoNotebookIsNone() {
    for (String text : List.of("", "x", "[]", "{}", "{\"cells\":5}", "{\"cells\":[")) {
      assertThat(Jupyter.read(text.getBytes(UTF_8))).isEmpty();
      assertThat(Html.read(text.getBytes(UTF_8))).isEmpty();
    }
    String page = "__DATABRICKS_NOTEBOOK_MODEL = 'not+base64'";
    assertThat(Html.read(page.getBytes(UTF_8))).isEmpty();
  }
}
