using System;
using System.Collections.Generic;
using System.Linq;
using IrohLite.Crypto;
using Xunit;

namespace IrohLite.Tests.Crypto;

/// <summary>Packet keys between two providers: generations, slots, wrong input.</summary>
public class PacketKeyTests
{
    private const int NumberOffset = 9;
    private static readonly byte[] Secret = Enumerable.Range(1, 32).Select(i => (byte)i).ToArray();

    [Theory]
    [MemberData(nameof(CryptoProviders.Pairs), MemberType = typeof(CryptoProviders))]
    public void Packets_of_random_shape_pass_from_one_provider_to_another(string sealer, string opener)
    {
        ICryptoProvider one = CryptoProviders.Make(sealer);
        ICryptoProvider other = CryptoProviders.Make(opener);
        int send = one.CreatePacketKeys(Secret, 0, true);
        int receive = other.CreatePacketKeys(Secret, 0, true);
        Random random = new(9001);
        long number = 0;
        long largest = -1;
        for (int i = 0; i < 300; i++)
        {
            int numberLength = random.Next(1, 5);
            byte[] payload = new byte[Math.Max(4 - numberLength, i < 30 ? i : random.Next(1400))];
            random.NextBytes(payload);
            Padded packet = Seal(one, send, number, numberLength, 0, payload, isLong: random.Next(2) == 0);
            Assert.Equal(payload, Open(other, receive, packet, largest, out long[] opened));
            Assert.Equal(number, opened[0]);
            Assert.Equal(PacketKeyGeneration.Current, opened[2]);
            largest = number;
            number += random.Next(1, 100);
        }
    }

    [Theory]
    [MemberData(nameof(CryptoProviders.Pairs), MemberType = typeof(CryptoProviders))]
    public void Both_sides_follow_key_updates_through_all_generations(string sealer, string opener)
    {
        ICryptoProvider one = CryptoProviders.Make(sealer);
        ICryptoProvider other = CryptoProviders.Make(opener);
        int send = one.CreatePacketKeys(Secret, 0, true);
        int receive = other.CreatePacketKeys(Secret, 0, true);
        byte[] text = { 1, 2, 3, 4, 5 };
        long number = 10;
        for (int update = 0; update < 7; update++)
        {
            int phase = update % 2;
            Padded late = Seal(one, send, number + 1, 2, phase, text);
            Padded tooLate = Seal(one, send, number + 2, 2, phase, text);
            Assert.Equal(text, Open(other, receive, Seal(one, send, number, 2, phase, text), number - 1, out long[] opened));
            Assert.Equal(PacketKeyGeneration.Current, opened[2]);

            // The sender updates; the first packet of the new phase opens with the next generation.
            one.RotatePacketKeys(send, 0);
            long first = number + 5;
            Assert.Equal(text, Open(other, receive, Seal(one, send, first, 2, 1 - phase, text), number, out opened));
            Assert.Equal(first, opened[0]);
            Assert.Equal(PacketKeyGeneration.Next, opened[2]);
            other.RotatePacketKeys(receive, first);

            // A packet of the old phase that was overtaken still opens, until the previous generation is dropped.
            Assert.Equal(text, Open(other, receive, late, first, out opened));
            Assert.Equal(PacketKeyGeneration.Previous, opened[2]);
            other.DropPreviousPacketKeys(receive);
            Assert.Null(Open(other, receive, tooLate, first, out _));
            Assert.Equal(text, Open(other, receive, Seal(one, send, first + 1, 2, 1 - phase, text), first, out opened));
            Assert.Equal(PacketKeyGeneration.Current, opened[2]);
            number = first + 10;
        }
    }

    [Theory]
    [MemberData(nameof(CryptoProviders.All), MemberType = typeof(CryptoProviders))]
    public void A_wrong_phase_bit_opens_nothing(string provider)
    {
        ICryptoProvider crypto = CryptoProviders.Make(provider);
        int keys = crypto.CreatePacketKeys(Secret, 0, true);
        byte[] text = { 1, 2, 3, 4 };
        Assert.Null(Open(crypto, keys, Seal(crypto, keys, 3, 1, 1, text), -1, out _));
        Assert.NotNull(Open(crypto, keys, Seal(crypto, keys, 4, 1, 0, text), -1, out _));

        // Two updates ahead is nobody's generation.
        int ahead = crypto.CreatePacketKeys(Secret, 0, true);
        crypto.RotatePacketKeys(ahead, 0);
        crypto.RotatePacketKeys(ahead, 0);
        Assert.Null(Open(crypto, keys, Seal(crypto, ahead, 5, 1, 0, text), -1, out _));
    }

    /// <summary>So that the caller can close with KEY_UPDATE_ERROR (RFC 9001 section 6.4).</summary>
    [Theory]
    [MemberData(nameof(CryptoProviders.All), MemberType = typeof(CryptoProviders))]
    public void An_old_number_under_the_next_keys_is_opened_when_the_previous_are_gone(string provider)
    {
        ICryptoProvider crypto = CryptoProviders.Make(provider);
        int send = crypto.CreatePacketKeys(Secret, 0, true);
        int receive = crypto.CreatePacketKeys(Secret, 0, true);
        byte[] text = { 1, 2, 3, 4 };
        for (int i = 0; i < 2; i++) crypto.RotatePacketKeys(send, 0);
        crypto.RotatePacketKeys(receive, 20);
        Padded early = Seal(crypto, send, 7, 1, 0, text);
        byte[] copy = early.Content;
        Assert.Null(Open(crypto, receive, early, 25, out _));
        crypto.DropPreviousPacketKeys(receive);
        Assert.Equal(text, Open(crypto, receive, new Padded(copy, early.Offset), 25, out long[] opened));
        Assert.Equal(7, opened[0]);
        Assert.Equal(PacketKeyGeneration.Next, opened[2]);
    }

    [Theory]
    [MemberData(nameof(CryptoProviders.All), MemberType = typeof(CryptoProviders))]
    public void Any_flipped_bit_and_any_cut_makes_a_packet_unopenable(string provider)
    {
        ICryptoProvider crypto = CryptoProviders.Make(provider);
        int keys = crypto.CreatePacketKeys(Secret, 0, false);
        byte[] text = Enumerable.Range(0, 20).Select(i => (byte)i).ToArray();
        Padded packet = Seal(crypto, keys, 77, 2, 0, text);
        byte[] good = packet.Content;
        for (int bit = 0; bit < 8 * good.Length; bit++)
        {
            byte[] bad = (byte[])good.Clone();
            bad[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Null(Open(crypto, keys, new Padded(bad, packet.Offset), 76, out _));
        }

        for (int cut = NumberOffset; cut < good.Length; cut++)
            Assert.Null(Open(crypto, keys, new Padded(good[..cut], packet.Offset), 76, out _));
        Assert.Equal(text, Open(crypto, keys, new Padded(good, packet.Offset), 76, out _));
    }

    [Theory]
    [MemberData(nameof(CryptoProviders.All), MemberType = typeof(CryptoProviders))]
    public void Released_handles_and_stationary_keys_are_refused(string provider)
    {
        ICryptoProvider crypto = CryptoProviders.Make(provider);
        int keys = crypto.CreatePacketKeys(Secret, 0, false);
        Assert.True(keys > 0);
        Assert.Throws<InvalidOperationException>(() => crypto.RotatePacketKeys(keys, 0));
        crypto.ReleasePacketKeys(keys);
        byte[] buffer = new byte[100];
        Assert.Throws<InvalidOperationException>(() => crypto.SealPacket(keys, buffer, 0, 1, 2, 50, 0));
        Assert.Throws<InvalidOperationException>(() => crypto.OpenPacket(keys, buffer, 0, 1, 50, -1, new long[3]));
        Assert.Throws<InvalidOperationException>(() => crypto.ReleasePacketKeys(keys));
        Assert.Throws<InvalidOperationException>(() => crypto.DropPreviousPacketKeys(0));
        Assert.Throws<InvalidOperationException>(() => crypto.RotatePacketKeys(-1, 0));
    }

    [Theory]
    [MemberData(nameof(CryptoProviders.All), MemberType = typeof(CryptoProviders))]
    public void Slots_run_out_with_an_exception_and_come_back_after_release(string provider)
    {
        ICryptoProvider crypto = CryptoProviders.Make(provider);
        List<int> all = new();
        CryptoException full = null;
        while (full == null && all.Count < 100_000)
        {
            try
            {
                all.Add(crypto.CreatePacketKeys(Secret, 0, false));
            }
            catch (CryptoException e)
            {
                full = e;
            }
        }

        Assert.NotNull(full);
        Assert.Equal(all.Count, all.Distinct().Count());
        crypto.ReleasePacketKeys(all[3]);
        all.RemoveAt(3);
        int again = crypto.CreatePacketKeys(Secret, 0, true);
        Assert.DoesNotContain(again, all);
        all.Add(again);
        Assert.Throws<CryptoException>(() => crypto.CreatePacketKeys(Secret, 0, false));
        foreach (int keys in all) crypto.ReleasePacketKeys(keys);
    }

    [Theory]
    [MemberData(nameof(CryptoProviders.All), MemberType = typeof(CryptoProviders))]
    public void Regions_outside_their_arrays_are_refused(string provider)
    {
        ICryptoProvider crypto = CryptoProviders.Make(provider);
        int keys = crypto.CreatePacketKeys(Secret, 0, false);
        byte[] buffer = new byte[64];
        Assert.Throws<ArgumentOutOfRangeException>(() => crypto.SealPacket(keys, buffer, 0, 1, 2, 49, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => crypto.SealPacket(keys, buffer, 0, 1, 6, 40, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => crypto.SealPacket(keys, buffer, 0, 1, 1, 40, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => crypto.SealPacket(keys, buffer, 0, 1, 2, 4, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => crypto.OpenPacket(keys, buffer, 0, 1, 65, -1, new long[3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => crypto.CreatePacketKeys(Secret, 1, false));
        Assert.Throws<ArgumentOutOfRangeException>(() => crypto.Sha256(buffer, 60, 5, buffer, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => crypto.Sha256(buffer, 0, 5, buffer, 33));
        Assert.Throws<ArgumentOutOfRangeException>(() => crypto.X25519PublicKey(buffer, 33, buffer, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => crypto.Ed25519IsPoint(buffer, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => crypto.AesGcmSeal(buffer, 0, buffer, 0, null, 0, 0, buffer, 0, 49));
        Assert.Throws<ArgumentOutOfRangeException>(() => crypto.AesEncryptBlock(buffer, 49, buffer, 0, buffer, 0));
    }

    [Fact]
    public void The_desktop_provider_seals_and_opens_without_allocating()
    {
        DesktopCryptoProvider crypto = new(4);
        int send = crypto.CreatePacketKeys(Secret, 0, true);
        int receive = crypto.CreatePacketKeys(Secret, 0, true);
        byte[] buffer = new byte[1300];
        long[] opened = new long[3];
        long before = 0;
        for (int i = 0; i < 300; i++)
        {
            if (i == 200) before = GC.GetAllocatedBytesForCurrentThread();
            buffer[0] = 0x41;
            buffer[9] = (byte)(i >> 8);
            buffer[10] = (byte)i;
            crypto.SealPacket(send, buffer, 0, 9, 11, 1200, i);
            if (crypto.OpenPacket(receive, buffer, 0, 9, 1216, i - 1, opened) < 0) Assert.Fail("packet " + i);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static Padded Seal(ICryptoProvider crypto, int keys, long number, int numberLength, int phase, byte[] payload, bool isLong = false)
    {
        byte[] header = new byte[NumberOffset + numberLength];
        for (int i = 1; i < NumberOffset; i++) header[i] = (byte)(0xC0 + i);
        header[0] = (byte)((isLong ? 0xE0 : 0x40) | (phase << 2) | (numberLength - 1));
        for (int i = 0; i < numberLength; i++) header[NumberOffset + i] = (byte)(number >> (8 * (numberLength - 1 - i)));
        const int Before = 13;
        Padded packet = new(header.Concat(payload).Concat(new byte[16]).ToArray(), Before);
        int payloadOffset = Before + header.Length;
        int end = crypto.SealPacket(keys, packet.Array, Before, Before + NumberOffset, payloadOffset, payloadOffset + payload.Length, number);
        Assert.Equal(Before + packet.Count, end);
        packet.AssertPaddingIntact();
        return packet;
    }

    // The payload, or null when the packet does not open.
    private static byte[] Open(ICryptoProvider crypto, int keys, Padded packet, long largest, out long[] opened)
    {
        opened = new long[3];
        int at = packet.Offset;
        int length = crypto.OpenPacket(keys, packet.Array, at, at + NumberOffset, at + packet.Count, largest, opened);
        packet.AssertPaddingIntact();
        return length < 0 ? null : packet.Array.AsSpan((int)opened[1], length).ToArray();
    }
}
