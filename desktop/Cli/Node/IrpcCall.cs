using System;
using System.Collections.Generic;
using IrohLite.Desktop;
using IrohLite.Tickets;

namespace IrohLite.Cli.Node;

/// <summary>The asking side of irpc: a frame out with the end of the stream, frames back until the end.</summary>
internal static class IrpcCall
{
    private const int MaxFrameBytes = 1 << 20;

    /// <summary>Asks for one frame.</summary>
    internal static PostcardReader Ask(IrohConnection connection, PostcardWriter request, int timeoutMs)
    {
        PostcardReader? answer = null;
        foreach (PostcardReader frame in Stream(connection, request, timeoutMs))
            answer = answer == null ? frame : throw new UserException("bad-answer", "the node sent more than one answer to one question");
        return answer ?? throw new UserException("bad-answer", "the node ended the stream without an answer");
    }

    /// <summary>Asks for a stream of frames.</summary>
    internal static IEnumerable<PostcardReader> Stream(IrohConnection connection, PostcardWriter request, int timeoutMs)
    {
        IrohStream stream = connection.OpenStream(timeoutMs);
        PostcardWriter frame = new();
        frame.WriteBytes(request.Buffer, 0, request.Count);
        stream.WriteLast(frame.Buffer, 0, frame.Count, timeoutMs);

        byte[] buffer = new byte[64 * 1024];
        int start = 0, end = 0;
        while (true)
        {
            if (TrySplit(buffer, start, end, out int payload, out int length))
            {
                byte[] body = buffer.AsSpan(payload, length).ToArray();
                start = payload + length;
                yield return new PostcardReader(body, 0, body.Length);
                continue;
            }

            Array.Copy(buffer, start, buffer, 0, end - start);
            (start, end) = (0, end - start);
            if (end == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
            if (buffer.Length > 2 * MaxFrameBytes) throw new UserException("bad-answer", "the node's answer is larger than 1 MiB");
            int count = stream.Read(buffer, end, buffer.Length - end, timeoutMs);
            if (count == 0) break;
            end += count;
        }

        if (end > start) throw new UserException("bad-answer", "the node's answer was cut off");
    }

    private static bool TrySplit(byte[] buffer, int start, int end, out int payload, out int length)
    {
        PostcardReader reader = new(buffer, start, end - start);
        bool whole = reader.TryReadLength(MaxFrameBytes, out length) && length <= reader.Remaining;
        payload = reader.Position;
        return whole;
    }
}
