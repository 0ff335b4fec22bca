"""A server as Python sees it through libpq: no module but those that come with Python is needed."""

import ctypes
import ctypes.util


class ServerError(Exception):
    """What the server refused, with its SQLSTATE."""

    def __init__(self, message, sqlstate):
        super().__init__(message)
        self.sqlstate = sqlstate


def load_libpq():
    """The library with the types of the functions that are used."""
    library = ctypes.CDLL(ctypes.util.find_library("pq") or "libpq.so.5")
    text, pointer, number = ctypes.c_char_p, ctypes.c_void_p, ctypes.c_int
    for name, result, arguments in [
            ("PQconnectdb", pointer, [text]), ("PQstatus", number, [pointer]),
            ("PQfinish", None, [pointer]), ("PQexec", pointer, [pointer, text]),
            ("PQerrorMessage", text, [pointer]), ("PQserverVersion", number, [pointer]),
            ("PQresultStatus", number, [pointer]), ("PQresultErrorField", text, [pointer, number]),
            ("PQresultErrorMessage", text, [pointer]),
            ("PQntuples", number, [pointer]), ("PQnfields", number, [pointer]),
            ("PQgetisnull", number, [pointer, number, number]),
            ("PQgetvalue", text, [pointer, number, number]), ("PQclear", None, [pointer])]:
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    return library


LIBPQ = load_libpq()
FAILED = (5, 7)  # PGRES_BAD_RESPONSE, PGRES_FATAL_ERROR
SQLSTATE = ord("C")


class Connection:
    """A connection to one database; what it is not told comes from libpq's environment."""

    def __init__(self, database="postgres"):
        self.handle = LIBPQ.PQconnectdb(
            f"dbname={database} options='-c client_min_messages=error -c jit=off'".encode())
        if LIBPQ.PQstatus(self.handle) != 0:
            message = LIBPQ.PQerrorMessage(self.handle).decode()
            self.close()
            raise ConnectionError(message)

    def version(self):
        return LIBPQ.PQserverVersion(self.handle)

    def run(self, sql):
        """The rows of the last statement."""
        result = LIBPQ.PQexec(self.handle, sql.encode())
        try:
            if LIBPQ.PQresultStatus(result) in FAILED:
                sqlstate = LIBPQ.PQresultErrorField(result, SQLSTATE)
                raise ServerError(LIBPQ.PQresultErrorMessage(result).decode().strip(),
                                  sqlstate.decode() if sqlstate else "")
            return [tuple(None if LIBPQ.PQgetisnull(result, i, k)
                          else LIBPQ.PQgetvalue(result, i, k).decode()
                          for k in range(LIBPQ.PQnfields(result)))
                    for i in range(LIBPQ.PQntuples(result))]
        finally:
            LIBPQ.PQclear(result)

    def close(self):
        if self.handle:
            LIBPQ.PQfinish(self.handle)
        self.handle = None


def is_right_server():
    try:
        connection = Connection()
    except ConnectionError:
        return False
    version = connection.version()
    connection.close()
    return version // 10000 == 15
