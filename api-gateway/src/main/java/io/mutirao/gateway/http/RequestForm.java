package io.mutirao.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.gateway.core.Problem;
import io.mutirao.gateway.core.Rejected;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.multipart.Attribute;
import io.netty.handler.codec.http.multipart.DefaultHttpDataFactory;
import io.netty.handler.codec.http.multipart.FileUpload;
import io.netty.handler.codec.http.multipart.HttpPostMultipartRequestDecoder;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder.ErrorDataDecoderException;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder.TooLongFormFieldException;
import io.netty.handler.codec.http.multipart.HttpPostRequestDecoder.TooManyFormFieldsException;
import io.netty.handler.codec.http.multipart.InterfaceHttpData;
import java.io.IOException;
import java.util.Locale;

/** Reads a form with files: texts as texts, files as bytes. */
final class RequestForm {

  private static final String TYPE = "multipart/form-data";
  private static final int MAX_FIELDS = 100;

  static boolean isOne(String contentType) {
    return contentType.toLowerCase(Locale.ROOT).startsWith(TYPE);
  }

  static ObjectNode fields(String contentType, byte[] body) throws Rejected {
    var request =
        new DefaultFullHttpRequest(
            HttpVersion.HTTP_1_1, HttpMethod.POST, "/", Unpooled.wrappedBuffer(body));
    request.headers().set(HttpHeaderNames.CONTENT_TYPE, contentType);
    if (!HttpPostRequestDecoder.isMultipart(request)) {
      throw malformed("its type names no boundary");
    }
    HttpPostMultipartRequestDecoder form = null;
    try {
      form =
          new HttpPostMultipartRequestDecoder(
              new DefaultHttpDataFactory(false), request, UTF_8, MAX_FIELDS, body.length + 1);
      ObjectNode fields = JsonNodeFactory.instance.objectNode();
      for (InterfaceHttpData data : form.getBodyHttpDatas()) {
        add(fields, data);
      }
      if (fields.isEmpty()) {
        throw malformed("it has no fields");
      }
      return RequestJson.checked(fields);
    } catch (TooManyFormFieldsException | TooLongFormFieldException e) {
      throw malformed("it has more than " + MAX_FIELDS + " fields");
    } catch (ErrorDataDecoderException | IllegalArgumentException | IOException e) {
      throw malformed(String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    } finally {
      if (form != null) {
        form.destroy();
      }
    }
  }

  private static void add(ObjectNode fields, InterfaceHttpData data) throws Rejected, IOException {
    if (fields.has(data.getName())) {
      throw Rejected.field(data.getName(), "given more than once");
    }
    switch (data) {
      case FileUpload file -> fields.put(data.getName(), file.get());
      case Attribute text -> fields.put(data.getName(), text.getValue());
      default -> throw malformed("it has a part that is neither a field nor a file");
    }
  }

  private static Rejected malformed(String why) {
    return new Rejected(new Problem.Malformed("The request is not a valid " + TYPE + ": " + why));
  }

  private RequestForm() {}
}
