using System;
using System.Runtime.InteropServices;

namespace IrohLite.Desktop;

/// <summary>Ctrl-C and SIGTERM, told to the program instead of ending it, until disposed.</summary>
public sealed class StopSignals : IDisposable
{
    private readonly PosixSignalRegistration[] _registrations;

    /// <summary>Calls back with the exit code that a program ended by the signal has: 130 or 143.</summary>
    public StopSignals(Action<int> stop)
    {
        void OnSignal(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop(signal.Signal == PosixSignal.SIGINT ? 130 : 143);
        }

        _registrations = [PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal), PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal)];
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations) registration.Dispose();
    }
}
