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

            _command.Failure = failure;
            Tell(RelayLinkCommand.Down);
            if (_command.DelayMs > 0 && !IsStopping) _stop.WaitOne(_command.DelayMs, false);
        }

        _link.OnReaderEnded();
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
