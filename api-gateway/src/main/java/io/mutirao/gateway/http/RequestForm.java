package io.mutirao.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.gateway.core.Problem;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.core.Unfinished;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.multipart.Attribute;
import io.netty.handler.codec.http.multipart.DefaultHttpDataFactory;
import io.netty.handler.codec.http.multipart.FileUpload;
import io.netty.handler.codec.http.multipart.HttpPostMultipartRequestDecoder;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder.ErrorDataDecoderException;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder.TooLongFormFieldException;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder.TooManyFormFieldsException;
import io.netty.handler.codec.http.multipart.InterfaceHttpData;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads a form with files while it arrives: texts as texts; files, when they are not small, by way
 * of the temporary folder, for the field that says where they go may follow them.
 */
final class RequestForm implements AutoCloseable {

  private static final String TYPE = "multipart/form-data";
  private static final int MAX_FIELDS = 100;

  /** What is larger is not kept in memory. */
  private static final int SMALL_BYTES = 64 * 1024;

  private static final int PIECE_BYTES = 64 * 1024;

  /** A part's head, beside a piece that is not yet taken apart. */
  private static final int MAX_WAITING_BYTES = 4 * PIECE_BYTES;

  private static final Logger log = Logger.getLogger(RequestForm.class);

  private final Hold hold;
  private final DefaultHttpDataFactory parts;
  private final HttpPostMultipartRequestDecoder form;
  private final ObjectNode texts = JsonNodeFactory.instance.objectNode();
  private final Map<String, Sent> files = new HashMap<>();
  private final List<InputStream> open = new ArrayList<>();

  static boolean isOne(@Nullable String contentType) {
    return contentType != null && contentType.toLowerCase(Locale.ROOT).startsWith(TYPE);
  }

  RequestForm(String contentType, Hold hold) throws Rejected {
    var head = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/");
    head.headers().set(HttpHeaderNames.CONTENT_TYPE, contentType);
    if (!HttpPostRequestDecoder.isMultipart(head)) {
      throw malformed("its type names no boundary");
    }
    this.hold = hold;
    this.parts = new DefaultHttpDataFactory(SMALL_BYTES, UTF_8);
    this.parts.setDeleteOnExit(false); // It would remember each file for ever.
    try {
      this.form =
          new HttpPostMultipartRequestDecoder(parts, head, UTF_8, MAX_FIELDS, MAX_WAITING_BYTES);
    } catch (ErrorDataDecoderException | IllegalArgumentException e) {
      throw malformed(e);
    }
  }

  /** To its end, before anything is known of it. */
  void read(InputStream body) throws Rejected {
    try {
      hold.require(MAX_WAITING_BYTES);
      byte[] piece = new byte[PIECE_BYTES];
      for (int n = body.read(piece); n >= 0; n = body.read(piece)) {
        form.offer(new DefaultHttpContent(Unpooled.wrappedBuffer(piece, 0, n)));
      }
      form.offer(LastHttpContent.EMPTY_LAST_CONTENT);
      for (InterfaceHttpData data : form.getBodyHttpDatas()) {
        add(data);
      }
      if (texts.isEmpty() && files.isEmpty()) {
        throw malformed("it has no fields");
      }
      RequestJson.checked(texts);
    } catch (Unfinished e) {
      throw new Rejected(e.problem());
    } catch (TooManyFormFieldsException | TooLongFormFieldException _) {
      throw malformed("it has more than " + MAX_FIELDS + " fields, or one with a very long head");
    } catch (ErrorDataDecoderException | IllegalArgumentException | IOException e) {
      throw malformed(e);
    }
  }

  private void add(InterfaceHttpData data) throws Rejected, IOException {
    String name = data.getName();
    if (texts.has(name) || files.containsKey(name)) {
      throw Rejected.field(name, "given more than once");
    }
    switch (data) {
      case FileUpload file -> files.put(name, new Sent(content(file), hold));
      case Attribute text -> {
        if (text.length() > FrontDoor.MAX_BODY_BYTES) {
          throw new Rejected(RequestBody.tooLarge(FrontDoor.MAX_BODY_BYTES));
        }
        hold.require(text.length());
        texts.put(name, text.getValue());
      }
      default -> throw malformed("it has a part that is neither a field nor a file");
    }
  }

  private InputStream content(FileUpload file) throws IOException {
    InputStream content =
        file.isInMemory()
            ? new ByteArrayInputStream(file.get())
            : Files.newInputStream(file.getFile().toPath());
    open.add(content);
    return content;
  }

  ObjectNode texts() {
    return texts;
  }

  Map<String, Sent> files() {
    return files;
  }

  /** What stood in the temporary folder is gone after it. */
  @Override
  public void close() {
    for (InputStream each : open) {
      try {
        each.close();
      } catch (IOException e) {
        log.warnf("A file of a form could not be closed: %s", e);
      }
    }
    form.destroy();
    parts.cleanAllHttpData();
  }

  private static Rejected malformed(Exception e) {
    return malformed(String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
  }

  private static Rejected malformed(String why) {
    return new Rejected(new Problem.Malformed("The request is not a valid " + TYPE + ": " + why));
  }
}
