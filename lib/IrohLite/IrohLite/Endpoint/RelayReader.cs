using System;
using System.Threading;
using IrohLite.Identity;
using IrohLite.Platform;

namespace IrohLite;

/// <summary>The thread that keeps a relay connected: opens the stream, reads it until it ends, waits as long as the link says, again.</summary>
internal sealed class RelayReader
{
    private readonly RelayLink _link;
    private readonly EndpointLoop _loop;
    private readonly IStreamConnector _connector;
    private readonly RelayLinkCommand _command;
    private readonly AutoResetEvent _stop = new AutoResetEvent(false);
    private readonly byte[] _buffer;
    private readonly Thread _thread;
    private int _stopping;

    internal RelayReader(RelayLink link, EndpointLoop loop, IStreamConnector connector, int bufferBytes)
    {
        _link = link;
        _loop = loop;
        _connector = connector;
        _buffer = new byte[bufferBytes];
        _command = new RelayLinkCommand(link);
        _thread = new Thread(Run);
    }

    internal void Start()
    {
        _thread.Start();
    }

    /// <summary>Asks the thread to end after the present stream, or instead of the next try.</summary>
    internal void BeginStop()
    {
        Interlocked.Exchange(ref _stopping, 1);
        _stop.Set();
    }

    internal void Join()
    {
        _thread.Join(EndpointLimits.ThreadEndMs);
    }

    private bool IsStopping => Interlocked.CompareExchange(ref _stopping, 0, 0) == 1;

    private void Run()
    {
        while (!IsStopping)
        {
            string failure = null;
            try
            {
                RelayUrl url = _link.Url;
                IByteStream stream = _connector.Connect(url.Host, url.Port, url.UseTls, EndpointLimits.RelayConnectMs);
                ReadUntilEnd(stream);
            }
            catch (StreamFailedException e)
            {
                failure = e.Message;
            }
            catch (Exception e)
            {
                // A fault of ours or of the platform, such as memory that ran out: the thread must live to try again.
                failure = "it failed by a fault: " + e.Message;
                _loop.Log.Error("relay reader: " + e);
            }

            _command.Failure = failure;
            int delayMs = TellDown();
            if (delayMs > 0 && !IsStopping) _stop.WaitOne(delayMs, false);
        }

        _link.OnReaderEnded();
    }

    private int TellDown()
    {
        try
        {
            Tell(RelayLinkCommand.Down);
            return _command.DelayMs;
        }
        catch (Exception e)
        {
            _loop.Log.Error("relay reader: " + e);
            return EndpointLimits.FaultPauseMs;
        }
    }

    private void ReadUntilEnd(IByteStream stream)
    {
        try
        {
            _command.Stream = stream;
            Tell(RelayLinkCommand.Up);
            _command.Buffer = _buffer;
            while (_command.IsGoingOn)
            {
                _command.Count = stream.Read(_buffer, 0, _buffer.Length, Timeout.Infinite);
                if (_command.Count <= 0) return;
                Tell(RelayLinkCommand.Data);
            }
        }
        finally
        {
            stream.Close();
        }
    }

    private void Tell(int kind)
    {
        _command.Kind = kind;
        _loop.Execute(_command, Timeout.Infinite, null);
    }
}
