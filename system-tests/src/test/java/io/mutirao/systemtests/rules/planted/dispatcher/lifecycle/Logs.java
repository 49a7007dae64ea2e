package io.mutirao.systemtests.rules.planted.dispatcher.lifecycle;

import java.util.logging.Logger;

record Logs(Logger log) {}
