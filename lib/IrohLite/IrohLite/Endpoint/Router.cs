using System;
using System.Threading;
using IrohLite.Diagnostics;

namespace IrohLite;

/// <summary>Accepts an endpoint's connections and gives each to the handler of its protocol, on a thread of its own.</summary>
public sealed class Router
{
    /// <summary>Handlers a router can hold; adding one more throws InvalidOperationException.</summary>
    public const int MaxHandlers = 8;

    private readonly IrohEndpoint _endpoint;
    private readonly string[] _alpns = new string[MaxHandlers];
    private readonly IProtocolHandler[] _handlers = new IProtocolHandler[MaxHandlers];
    private readonly RouterWorker[] _workers;
    private readonly RouterWorker[] _idle;
    private readonly IrohLog _log;
    private readonly Thread _acceptor;
    private int _handlerCount;
    private int _idleCount;
    private int _workerCount;
    private bool _isStopped;

    /// <summary>A router that serves at most as many connections at once as the endpoint can hold.</summary>
    public Router(IrohEndpoint endpoint)
    {
        _endpoint = endpoint;
        _workers = new RouterWorker[endpoint.MaxConnections];
        _idle = new RouterWorker[endpoint.MaxConnections];
        _log = new IrohLog(endpoint.Options.Log, "router", endpoint.Options.LogLevel);
        _acceptor = new Thread(Accept);
    }

    /// <summary>Adds a handler for a protocol. Before <see cref="Start"/>.</summary>
    public void Add(string alpn, IProtocolHandler handler)
    {
        if (_handlerCount == MaxHandlers) throw new InvalidOperationException("a router holds at most " + MaxHandlers.ToString() + " handlers");
        _alpns[_handlerCount] = alpn;
        _handlers[_handlerCount++] = handler;
    }

    /// <summary>Makes the endpoint accept connections for the protocols added.</summary>
    public void Start()
    {
        string[] alpns = new string[_handlerCount];
        Array.Copy(_alpns, 0, alpns, 0, _handlerCount);
        _endpoint.SetAlpns(alpns);
        _acceptor.Start();
    }

    /// <summary>Closes the endpoint and waits for the handlers, which see their connections end.</summary>
    public void Stop()
    {
        _endpoint.Close();
        if (_acceptor.IsAlive) _acceptor.Join(EndpointLimits.ThreadEndMs);
        lock (_idle)
        {
            _isStopped = true;
            while (_idleCount > 0) _idle[--_idleCount].BeginEnd();
        }

        for (int i = 0; i < _workerCount; i++) _workers[i].Join();
    }

    internal void Serve(IrohConnection connection)
    {
        string peer = connection.RemoteId.ToShortString();
        try
        {
            IProtocolHandler handler = HandlerOf(connection.Alpn);
            if (handler != null) handler.Handle(connection);
        }
        catch (IrohException e)
        {
            if (_log.IsOn(LogLevel.Debug)) _log.Debug("serving " + peer + " ended: " + e.Message);
        }
        catch (Exception e)
        {
            _log.Error("the handler of " + connection.Alpn + " failed for " + peer + ": " + e);
        }

        if (!connection.IsClosed) connection.Close(0, "");
    }

    /// <summary>A worker is free again; false when it is to end.</summary>
    internal bool Return(RouterWorker worker)
    {
        lock (_idle)
        {
            if (_isStopped) return false;
            _idle[_idleCount++] = worker;
            return true;
        }
    }

    private void Accept()
    {
        while (AcceptOne())
        {
        }
    }

    // A method of its own: a local of the loop would keep the last connection alive while the thread waits for the next.
    private bool AcceptOne()
    {
        IrohConnection connection = _endpoint.Accept(Timeout.Infinite);
        if (connection == null) return false;
        if (_log.IsOn(LogLevel.Info)) _log.Info("Accepted connection from " + connection.RemoteId);
        Assign(connection);
        return true;
    }

    private void Assign(IrohConnection connection)
    {
        try
        {
            RouterWorker worker = TakeWorker();
            if (worker != null) worker.Assign(connection);
            else connection.Close(0, "busy");
        }
        catch (Exception e)
        {
            _log.Error("no thread for a connection: " + e);
            connection.Close(0, "busy");
        }
    }

    private RouterWorker TakeWorker()
    {
        lock (_idle)
        {
            if (_idleCount > 0) return _idle[--_idleCount];
            if (_workerCount == _idle.Length) return null;
            RouterWorker made = new RouterWorker(this);
            _workers[_workerCount++] = made;
            return made;
        }
    }

    private IProtocolHandler HandlerOf(string alpn)
    {
        for (int i = 0; i < _handlerCount; i++)
            if (_alpns[i] == alpn) return _handlers[i];
        return null;
    }
}
