package io.mutirao.worker.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mutirao.contracts.topic.Codec;
import org.junit.jupiter.api.Test;

class MasksTest {

  private final Masks masks = new Masks();

  @Test
  void aSecretIsNotShownWhereverItStands() {
    hide("hunter2");
    hide("hunter22");

    assertThat(masks.in("hunter2, my hunter22 and hunter"))
        .isEqualTo("[REDACTED], my [REDACTED] and hunter");
    assertThat(masks.in("hunhunter2ter2")).isEqualTo("hun[REDACTED]ter2");
  }

  @Test
  void whatWasPutWithALineEndIsHiddenWithoutItToo() {
    hide("geheim\n");

    assertThat(masks.in("geheim!\ngeheim\n")).isEqualTo("[REDACTED]!\n[REDACTED]");
  }

  @Test
  void aPageAndATreeDoNotShowItEither() throws Exception {
    hide("a<b&'c'");

    assertThat(masks.in("<p>a&lt;b&amp;&#x27;c&#x27;</p>")).isEqualTo("<p>[REDACTED]</p>");
    assertThat(masks.in(json("{'rows':[['x a<b&'c'',1,null]]}".replace("'c'", "`c`"))))
        .isEqualTo(json("{'rows':[['x [REDACTED]',1,null]]}"));
  }

  @Test
  void anEmptySecretHidesNothing() {
    hide("");
    hide(" \n");

    assertThat(masks.in("a b\n")).isEqualTo("a b\n");
  }

  private static JsonNode json(String text) throws Exception {
    return Codec.JSON.readTree(text.replace('\'', '"').replace('`', '\''));
  }

  private void hide(String secret) {
    masks.hide(secret.getBytes(UTF_8));
  }
}
