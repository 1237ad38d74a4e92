package org.cornerturn.storage;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** A store between which and its user things go wrong. */
public final class FaultyStore {
  private FaultyStore() {}

  /** Is asked at each call. */
  @FunctionalInterface
  public interface Fault {
    /**
     * @param method of {@link ObjectStore}
     * @param key its first argument, or empty
     * @param done false before the store has done it, true after
     * @throws IOException what the caller sees
     */
    void at(String method, String key, boolean done) throws IOException;
  }

  public static ObjectStore around(ObjectStore store, Fault fault) {
    return (ObjectStore)
        Proxy.newProxyInstance(
            FaultyStore.class.getClassLoader(),
            new Class<?>[] {ObjectStore.class},
            (proxy, method, arguments) -> {
              String key = arguments != null && arguments[0] instanceof String k ? k : "";
              fault.at(method.getName(), key, false);
              try {
                Object result = method.invoke(store, arguments);
                fault.at(method.getName(), key, true);
                return result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
