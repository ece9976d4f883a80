# A second wall, inside the jail, that a process puts around itself and all that it starts: a filter of system calls (seccomp).
# It refuses memory that no process is charged for, new namespaces, and reaching into other processes.


class Shield:
    """What could be put up here."""

    # Of x86-64 and of 64-bit ARM.
    REFUSED = {
        'memfd_create': (319, 279), 'memfd_secret': (447, 447), 'shmget': (29, 194), 'semget': (64, 190),
        'msgget': (68, 186), 'mq_open': (240, 180), 'io_uring_setup': (425, 425),
        'unshare': (272, 97), 'setns': (308, 268), 'mount': (165, 40),
        'ptrace': (101, 117), 'process_vm_readv': (310, 270), 'process_vm_writev': (311, 271), 'pidfd_getfd': (438, 438),
        'userfaultfd': (323, 282), 'keyctl': (250, 219), 'add_key': (248, 217), 'bpf': (321, 280),
        'perf_event_open': (298, 241)}
    CLONE, CLONE3 = (56, 220), (435, 435)
    MACHINES = {'x86_64': (0, 0xC000003E), 'aarch64': (1, 0xC00000B7)}
    NEW_NAMESPACES = 0x7E020000
    EPERM, ENOSYS = 1, 38
    SET_DUMPABLE, SET_SECCOMP, SET_NO_NEW_PRIVS = 4, 22, 38

    def __init__(self):
        self.prctl = None
        try:
            import ctypes
            prctl = ctypes.CDLL(None).prctl
        except (ImportError, OSError, AttributeError):
            return
        self.prctl = lambda what, value, more=0: prctl(
            what, ctypes.c_ulong(value), ctypes.c_ulong(more), ctypes.c_ulong(0), ctypes.c_ulong(0))

    def is_out_of_reach(self, yes):
        """Whether processes of the same user are kept from this one's memory from now on; or let in again."""
        return self.prctl is not None and self.prctl(self.SET_DUMPABLE, 0 if yes else 1) == 0

    def raise_wall(self):
        """Not where the machine or its kernel has no such filter: then the jail and the watchdog are what there is."""
        import os
        machine = self.MACHINES.get(os.uname().machine)
        if self.prctl is None or machine is None or self.prctl(self.SET_NO_NEW_PRIVS, 1) != 0:
            return
        import ctypes
        program = self.program(*machine)
        steps = ctypes.create_string_buffer(program, len(program))
        # struct sock_fprog; its first field is as wide as the second by its alignment.
        head = (ctypes.c_size_t * 2)(len(program) // 8, ctypes.addressof(steps))
        self.prctl(self.SET_SECCOMP, 2, ctypes.addressof(head))

    @staticmethod
    def forget_tools():
        """No script finds them here; one that imports them itself is heard doing so."""
        import sys
        for name in [each for each in sys.modules if each.partition('.')[0] in ('ctypes', '_ctypes')]:
            del sys.modules[name]

    def program(self, column, machine):
        """Of the kernel's packet filter: struct sock_filter one after another, over struct seccomp_data."""
        import struct
        load, equal, at_least, any_of, answer = 0x20, 0x15, 0x35, 0x45, 0x06
        allow, refuse = 0x7FFF0000, 0x00050000
        steps = []

        def step(code, value, then=0, otherwise=0):
            steps.append(struct.pack('=HBBI', code, then, otherwise, value))

        step(load, 4)
        step(equal, machine, 1, 0)
        step(answer, refuse | self.EPERM)
        step(load, 0)
        # Calls of the other table of x86-64.
        step(at_least, 0x40000000, 0, 1)
        step(answer, refuse | self.EPERM)
        for numbers in self.REFUSED.values():
            step(equal, numbers[column], 0, 1)
            step(answer, refuse | self.EPERM)
        # Its flags lie in memory, where a filter cannot look; the C library then takes the older one.
        step(equal, self.CLONE3[column], 0, 1)
        step(answer, refuse | self.ENOSYS)
        step(equal, self.CLONE[column], 0, 2)
        step(load, 16)
        step(any_of, self.NEW_NAMESPACES, 1, 0)
        step(answer, allow)
        step(answer, refuse | self.EPERM)
        return b''.join(steps)


