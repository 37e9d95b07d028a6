"""
cyrus: the server's side of SASL as Cyrus' library has it, which is Postfix's as well, for smarthost.py --cyrus.

    with a folder for its file of users:  Cyrus(folder, user, password).talk(mechanism, first, ask)
"""
import ctypes

GETOPT, CREATE, OK, CONTINUE = 1, 1, 0, 1
GETOPT_FUNCTION = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_char_p,
                                   ctypes.POINTER(ctypes.c_char_p), ctypes.POINTER(ctypes.c_uint))


class Callback(ctypes.Structure):
    _fields_ = [("id", ctypes.c_ulong), ("function", ctypes.c_void_p), ("context", ctypes.c_void_p)]


class Cyrus:
    def __init__(self, folder, user, password):
        self.library = ctypes.CDLL("libsasl2.so.2")
        self.options = {b"sasldb_path": folder.encode() + b"/users", b"auxprop_plugin": b"sasldb", b"mech_list": b"SCRAM-SHA-256"}
        self.function = GETOPT_FUNCTION(self.option)
        self.callbacks = (Callback * 2)(Callback(GETOPT, ctypes.cast(self.function, ctypes.c_void_p), None), Callback(0, None, None))
        self.check(self.library.sasl_server_init(self.callbacks, b"smarthost"))
        connection = self.connection()
        self.check(self.library.sasl_setpass(connection, user.encode(), password.encode(), len(password), None, 0, CREATE))

    def option(self, _context, _plugin, name, result, length):
        value = self.options.get(name)
        if value is None:
            return -1
        result[0] = value
        if length:
            length[0] = len(value)
        return OK

    @staticmethod
    def check(result):
        if result not in (OK, CONTINUE):
            raise ValueError(f"Cyrus SASL says {result}")
        return result

    def connection(self):
        connection = ctypes.c_void_p()
        self.check(self.library.sasl_server_new(b"smtp", b"localhost", b"localhost", None, None, self.callbacks, 0,
                                                ctypes.byref(connection)))
        return connection

    def talk(self, mechanism, first, ask):
        """Whether the client knows the password; `ask` says a challenge, and gives the answer."""
        connection, out, length = self.connection(), ctypes.c_char_p(), ctypes.c_uint()
        result = self.library.sasl_server_start(connection, mechanism.encode(), first, len(first), ctypes.byref(out),
                                                ctypes.byref(length))
        while result == CONTINUE:
            answer = ask(ctypes.string_at(out, length.value))
            out, length = ctypes.c_char_p(), ctypes.c_uint()
            result = self.library.sasl_server_step(connection, answer, len(answer), ctypes.byref(out), ctypes.byref(length))
        if result == OK and length.value > 0:
            ask(ctypes.string_at(out, length.value))
        return result == OK
