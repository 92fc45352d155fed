using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using IrohLite.Crypto;
using IrohLite.Identity;
using IrohLite.Platform;
using IrohLite.Protocols;
using IrohLite.Quic;
using IrohLite.Tests;
using IrohLite.Tests.Sim;

namespace IrohLite.LongRuns.Flood;

/// <summary>1 MiB echoes over UDP on loopback, by turns alone and while 10,000 fake Initials a second arrive: the ratio of the medians.</summary>
internal static class FloodRun
{
    private const int PerSecond = 10_000;
    private const int EchoBytes = 1 << 20;

    /// <summary>Prints rounds and medians; returns the share that stays for noise and for real ClientHellos, the smaller one.</summary>
    public static double Run(int rounds, Action<string> print)
    {
        IrohEndpoint server = Bind(1, out int port);
        IrohEndpoint client = Bind(2, out _);
        Router router = new(server);
        router.Add(EchoProtocol.Alpn, new EchoProtocol(65536, null));
        router.Start();
        IrohConnection connection = client.Connect(server.Addr, EchoProtocol.Alpn, 30_000);
        byte[] payload = new byte[EchoBytes];
        new Random(1).NextBytes(payload);
        for (int i = 0; i < 5; i++) Echo(connection, payload);

        SimRandom random = new(9);
        List<byte[]> noise = Enumerable.Range(0, 2000).Select(_ => FakeInitials.Noise(random)).ToList();
        List<byte[]> dials = FakeInitials.Dials(2000, server.Id);
        double worst = Math.Min(Share("noise", noise), Share("ClientHellos", dials));
        client.Close();
        router.Stop();
        server.Close();
        return worst;

        double Share(string name, List<byte[]> fakes)
        {
            List<double> alone = new();
            List<double> flooded = new();
            double rate = 0;
            for (int i = 0; i < rounds; i++)
            {
                alone.Add(Rate(connection, payload));
                using Flooder flooder = new(port, fakes, PerSecond);
                Thread.Sleep(200);
                flooded.Add(Rate(connection, payload));
                rate += flooder.Stop() / rounds;
            }

            double a = alone.Order().ElementAt(rounds / 2);
            double b = flooded.Order().ElementAt(rounds / 2);
            print($"{name}: {a:0.0} MiB/s alone, {b:0.0} MiB/s beside {rate:0} a second, share {b / a:0.000} (medians of {rounds})");
            return b / a;
        }
    }

    private static double Rate(IrohConnection connection, byte[] payload)
    {
        const int Echoes = 20;
        Stopwatch watch = Stopwatch.StartNew();
        for (int i = 0; i < Echoes; i++) Echo(connection, payload);
        return Echoes / watch.Elapsed.TotalSeconds;
    }

    private static IrohEndpoint Bind(byte seed, out int port)
    {
        ICryptoProvider crypto = CryptoProviders.Any(4096);
        DesktopUdpSocket socket = new(IPAddress.Loopback, 0);
        EndpointOptions options = new()
        {
            Crypto = crypto,
            Random = new SystemRandomSource(),
            Clock = new DesktopClock(),
            SecretKey = SecretKey.FromSeed(Enumerable.Repeat(seed, 32).ToArray(), 0, crypto),
            Quic = QuicConfig.Desktop(),
            DatagramSlots = 1024,
            Udp = socket,
        };
        options.DirectAddresses = socket.ReachableAt();
        port = options.DirectAddresses[0].Port;
        return IrohEndpoint.Bind(options);
    }

    private static void Echo(IrohConnection connection, byte[] payload)
    {
        IrohStream stream = connection.OpenStream(30_000);
        Thread writer = new(() => stream.WriteLast(payload, 0, payload.Length, 30_000));
        writer.Start();
        byte[] buffer = new byte[65536];
        int total = 0;
        int count;
        while ((count = stream.Read(buffer, 0, buffer.Length, 30_000)) > 0) total += count;
        writer.Join();
        if (total != payload.Length) throw new InvalidOperationException("echo of " + total + " bytes");
    }

    /// <summary>Sends datagrams to a port of this machine at a steady rate.</summary>
    private sealed class Flooder : IDisposable
    {
        private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        private readonly Stopwatch _watch = Stopwatch.StartNew();
        private readonly Thread _thread;
        private volatile bool _stops;
        private long _sent;
        private double _rate;

        public Flooder(int port, List<byte[]> fakes, int perSecond)
        {
            IPEndPoint target = new(IPAddress.Loopback, port);
            _thread = new Thread(() =>
            {
                while (!_stops)
                {
                    long due = (long)(_watch.Elapsed.TotalSeconds * perSecond);
                    for (; _sent < due && !_stops; _sent++) _socket.SendTo(fakes[(int)(_sent % fakes.Count)], target);
                    Thread.Sleep(1);
                }
            });
            _thread.Start();
        }

        /// <summary>Ends it; returns the datagrams sent in a second.</summary>
        public double Stop()
        {
            if (_stops) return _rate;
            _stops = true;
            _thread.Join();
            _rate = _sent / _watch.Elapsed.TotalSeconds;
            return _rate;
        }

        public void Dispose()
        {
            Stop();
            _socket.Dispose();
        }
    }
}
