package io.mutirao.worker.library;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * What of a machine's {@code settings.xml} says where artifacts come from.
 *
 * @param localRepository where they are kept, if it is said
 */
record MavenSettings(Optional<Path> localRepository, List<Mirror> mirrors, List<Server> servers) {

  static final MavenSettings NONE = new MavenSettings(Optional.empty(), List.of(), List.of());

  record Mirror(String id, String url, String of) {}

  record Server(String id, String user, String password) {}

  /** Those of a file; of one that is not there, none. */
  static MavenSettings read(Path file) throws IOException {
    if (!Files.isReadable(file)) {
      return NONE;
    }
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      Element root = factory.newDocumentBuilder().parse(file.toFile()).getDocumentElement();
      List<Mirror> mirrors = new ArrayList<>();
      for (Element mirror : all(root, "mirror")) {
        mirrors.add(new Mirror(text(mirror, "id"), text(mirror, "url"), text(mirror, "mirrorOf")));
      }
      List<Server> servers = new ArrayList<>();
      for (Element server : all(root, "server")) {
        servers.add(
            new Server(text(server, "id"), text(server, "username"), text(server, "password")));
      }
      String local = text(root, "localRepository");
      return new MavenSettings(
          local.isEmpty() ? Optional.empty() : Optional.of(Path.of(local)), mirrors, servers);
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static List<Element> all(Element root, String name) {
    NodeList found = root.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      elements.add((Element) found.item(i));
    }
    return elements;
  }

  /** With {@code ${env.X}} and {@code ${user.home}} filled in, as Maven does. */
  private static String text(Element element, String name) {
    NodeList found = element.getElementsByTagName(name);
    String text = found.getLength() == 0 ? "" : found.item(0).getTextContent().strip();
    for (var variable : System.getenv().entrySet()) {
      text = text.replace("${env." + variable.getKey() + "}", variable.getValue());
    }
    return text.replace("${user.home}", System.getProperty("user.home"));
  }
}
