using System;
using System.IO;
using System.Net;
using System.Threading.Tasks;

namespace IrohLite.RelayServer.Tests;

/// <summary>Relays whose time stands: where a test is not about time, no ping and no patience for a slow client comes between.</summary>
internal static class StillRelay
{
    public static Task<RelayHost> StartAsync() => RelayHost.StartAsync(new RelayHostOptions { Time = new ManualTime() });

    public static Task<RelayHost> StartAsync(int port) =>
        RelayHost.StartAsync(new RelayHostOptions { Time = new ManualTime(), Listen = new IPEndPoint(IPAddress.Loopback, port) });

    /// <summary>
    /// Starts a relay on a port that nobody gets who asks for any port: so the port is not lost to another test while the relay is away.
    /// </summary>
    public static async Task<RelayHost> OnKeptPortAsync(Func<int, Task<RelayHost>> start)
    {
        for (int tries = 0; ; tries++)
        {
            try
            {
                // Below the ports that Linux, Windows and macOS give out.
                return await start(Random.Shared.Next(20_000, 32_000));
            }
            catch (IOException) when (tries < 20)
            {
                // Somebody listens there.
            }
        }
    }
}
