package io.mutirao.systemtests.rules.planted.dispatcher.lifecycle;

import java.sql.Connection;

record AsksTheDatabase(Connection connection) {}
