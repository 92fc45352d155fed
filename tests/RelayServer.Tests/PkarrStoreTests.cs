using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using IrohLite.Crypto;
using IrohLite.Discovery;
using IrohLite.Identity;
using IrohLite.RelayServer.Lookup;
using Xunit;

namespace IrohLite.RelayServer.Tests;

/// <summary>The folder of signed packets: what survives, and what the operator is told.</summary>
public sealed class PkarrStoreTests : IDisposable
{
    private static readonly DesktopCryptoProvider s_crypto = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("pkarr").FullName;
    private readonly List<string> _trouble = [];

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public void What_a_power_cut_left_half_written_is_cleared_away()
    {
        byte[] packet = Packet(1, 5);
        Assert.Equal(PutResult.Accepted, Open().Put(Key(1).Id, packet));
        string cut = Path.Combine(_folder, Key(1).Id.ToZ32() + ".pkarr.new");
        File.WriteAllBytes(cut, Packet(1, 6)[..50]);
        Assert.Equal(packet, Open().Get(Key(1).Id));
        Assert.False(File.Exists(cut));
        Assert.Empty(_trouble);
    }

    [Fact]
    public void Damaged_files_are_named_and_passed_over()
    {
        Open().Put(Key(1).Id, Packet(1, 5));
        string[] damaged = ["empty.pkarr", Key(2).Id.ToZ32() + ".pkarr", Key(3).Id.ToZ32() + ".pkarr", "nonsense.pkarr"];
        File.WriteAllBytes(Path.Combine(_folder, damaged[0]), []);
        File.WriteAllBytes(Path.Combine(_folder, damaged[1]), new byte[300]);
        File.WriteAllBytes(Path.Combine(_folder, damaged[2]), Packet(1, 5));
        File.WriteAllBytes(Path.Combine(_folder, damaged[3]), new byte[100_000]);
        Assert.Equal(1, Open().Count);
        foreach (string name in damaged) Assert.Contains(_trouble, line => line.Contains(name + " is damaged"));
        Assert.Equal(damaged.Length, _trouble.Count);
    }

    [Fact]
    public void A_disk_that_fails_is_told_once_and_the_packets_are_served_from_memory()
    {
        PkarrStore store = Open();
        Directory.Delete(_folder, true);
        foreach (byte seed in new byte[] { 1, 2, 3 }) Assert.Equal(PutResult.Accepted, store.Put(Key(seed).Id, Packet(seed, 1)));
        Assert.Contains(_folder, Assert.Single(_trouble));
        Assert.Equal(Packet(2, 1), store.Get(Key(2).Id));

        Directory.CreateDirectory(_folder);
        store.Put(Key(1).Id, Packet(1, 2));
        Assert.Equal(1, Open().Count);
        Directory.Delete(_folder, true);
        store.Put(Key(1).Id, Packet(1, 3));
        Assert.Equal(2, _trouble.Count);
        Directory.CreateDirectory(_folder);
    }

    [Fact]
    public void A_file_in_the_place_of_the_folder_is_refused()
    {
        string file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");
        Assert.Contains(file + ", is a file", Assert.Throws<IOException>(() => new PkarrStore(file)).Message);
    }

    // As the real server: what the strings mean is the business of who looks them up.
    [Fact]
    public void A_packet_with_keys_of_another_time_is_kept()
    {
        PkarrStore store = Open();
        byte[] packet = PkarrPacket.Build(Key(1), 1, ["relay=http://127.0.0.1:1/", "of-tomorrow=1"]);
        Assert.Equal(PutResult.Accepted, store.Put(Key(1).Id, packet));
        Assert.Equal(packet, Open().Get(Key(1).Id));
        TxtAnswers answers = store.Answers(Key(1).Id)!;
        Assert.Equal(["relay=http://127.0.0.1:1/", "of-tomorrow=1"], answers.Strings[..answers.Count]);
    }

    [Fact]
    public void The_newer_packet_wins_and_on_a_tie_the_larger_one()
    {
        PkarrStore store = Open();
        byte[][] sameTime = [.. new[] { PkarrPacket.Build(Key(1), 7, ["relay=http://127.0.0.1:1/"]), PkarrPacket.Build(Key(1), 7, ["relay=http://127.0.0.1:2/"]) }
            .OrderBy(p => p, Comparer<byte[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b)))];
        foreach ((byte[] offered, byte[] kept) in new[] { (sameTime[0], sameTime[0]), (sameTime[1], sameTime[1]), (sameTime[0], sameTime[1]), (Packet(1, 6), sameTime[1]), (Packet(1, 8), Packet(1, 8)) })
        {
            Assert.Equal(PutResult.Accepted, store.Put(Key(1).Id, offered));
            Assert.Equal(kept, store.Get(Key(1).Id));
            Assert.Equal(kept, Open().Get(Key(1).Id));
        }
    }

    private PkarrStore Open() => new(_folder, _trouble.Add);

    private static SecretKey Key(byte seed) => SecretKey.FromSeed(Enumerable.Repeat(seed, 32).ToArray(), 0, s_crypto);

    private static byte[] Packet(byte seed, long timestamp) => PkarrPacket.Build(Key(seed), timestamp, ["relay=http://127.0.0.1:1/"]);
}
