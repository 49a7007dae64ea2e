package io.mutirao.systemtests.rules.planted.dispatcher.lifecycle;

import java.nio.file.Path;

record OpensAFile(Path file) {}
