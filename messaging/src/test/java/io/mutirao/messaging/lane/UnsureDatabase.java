package io.mutirao.messaging.lane;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** A database whose connection breaks at commits: the answer is lost, or the commit itself. */
final class UnsureDatabase {

  /** What breaks; {@code ANSWER}: it was committed, and nobody heard of it. */
  enum Lost {
    ANSWER,
    COMMIT
  }

  private final DataSource real;
  private final Lost lost;
  private final AtomicInteger left;

  /** The next {@code times} commits break. */
  UnsureDatabase(DataSource real, Lost lost, int times) {
    this.real = real;
    this.lost = lost;
    this.left = new AtomicInteger(times);
  }

  int left() {
    return left.get();
  }

  DataSource database() {
    return proxy(
        DataSource.class,
        (_, method, arguments) -> {
          Object result = method.invoke(real, arguments);
          return result instanceof Connection db ? connection(db) : result;
        });
  }

  private Connection connection(Connection db) {
    return proxy(
        Connection.class,
        (_, method, arguments) -> {
          Object result = method.invoke(db, arguments);
          boolean commit =
              method.getName().equals("prepareStatement")
                  && arguments[0].toString().contains("move_lane");
          return commit ? commit(db, (PreparedStatement) result) : result;
        });
  }

  private PreparedStatement commit(Connection db, PreparedStatement statement) {
    return proxy(
        PreparedStatement.class,
        (_, method, arguments) -> {
          if (!method.getName().equals("execute") || left.getAndDecrement() <= 0) {
            return method.invoke(statement, arguments);
          }
          if (lost == Lost.ANSWER) {
            method.invoke(statement, arguments);
          }
          db.close();
          throw new SQLException("the connection broke", "08006");
        });
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    InvocationHandler unwrapping =
        (proxy, method, arguments) -> {
          try {
            return handler.invoke(proxy, method, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        };
    return type.cast(
        Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, unwrapping));
  }
}
