package io.mutirao.messaging.lane;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** The messages of one batch as one blob: what take-over produces again, byte for byte. */
final class Outbox {

  private static final int FORMAT = 1;

  static byte @Nullable [] pack(List<ProducerRecord<byte[], byte[]>> messages) {
    if (messages.isEmpty()) {
      return null;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(sizeOf(messages));
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(FORMAT);
      out.writeInt(messages.size());
      for (ProducerRecord<byte[], byte[]> message : messages) {
        out.writeUTF(message.topic());
        out.writeInt(message.partition() == null ? -1 : message.partition());
        writeBytes(out, message.key());
        writeBytes(out, message.value());
        Header[] headers = message.headers().toArray();
        out.writeInt(headers.length);
        for (Header header : headers) {
          writeBytes(out, header.key().getBytes(UTF_8));
          writeBytes(out, header.value());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** About the size of the blob, and not less: large messages are not copied over and over. */
  private static int sizeOf(List<ProducerRecord<byte[], byte[]>> messages) {
    int size = 16;
    for (ProducerRecord<byte[], byte[]> message : messages) {
      size += 512 + message.value().length;
    }
    return size;
  }

  static List<ProducerRecord<byte[], byte[]>> unpack(byte[] blob) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(blob))) {
      int format = in.readByte();
      if (format != FORMAT) {
        throw new IllegalStateException(
            "the outbox was written in format "
                + format
                + ", this version reads "
                + FORMAT
                + ": start the version that wrote it, stop it in order, then upgrade");
      }
      int count = in.readInt();
      List<ProducerRecord<byte[], byte[]>> messages = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        String topic = in.readUTF();
        int partition = in.readInt();
        ProducerRecord<byte[], byte[]> message =
            new ProducerRecord<>(
                topic, partition < 0 ? null : (Integer) partition, readBytes(in), readBytes(in));
        int headers = in.readInt();
        for (int h = 0; h < headers; h++) {
          byte[] name = readBytes(in);
          message
              .headers()
              .add(new String(name == null ? new byte[0] : name, UTF_8), readBytes(in));
        }
        messages.add(message);
      }
      return messages;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void writeBytes(DataOutputStream out, byte @Nullable [] bytes) throws IOException {
    out.writeInt(bytes == null ? -1 : bytes.length);
    if (bytes != null) {
      out.write(bytes);
    }
  }

  private static byte @Nullable [] readBytes(DataInputStream in) throws IOException {
    int length = in.readInt();
    return length < 0 ? null : in.readNBytes(length);
  }

  private Outbox() {}
}
