using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Quartier.Contracts.Readings;
using Quartier.Domain.Payloads;

namespace Quartier.Silo.Ingest;

/// <summary>
/// The samples that one read of a socket brought, grouped by sensor without copying them twice. One for each thread: a read is decoded and
/// handed over within one synchronous call.
/// </summary>
internal sealed class SocketRead
{
    [ThreadStatic]
    private static SocketRead? _ofThread;

    private readonly List<Message> _messages = [];
    private readonly List<Route> _routes = [];

    /// <summary>All samples, message after message.</summary>
    public SampleBuffer Samples { get; } = new();

    /// <summary>The sensors touched, in order of their first message.</summary>
    public IReadOnlyList<Route> Routes => _routes;

    /// <summary>The emptied read of this thread.</summary>
    public static SocketRead Empty()
    {
        var read = _ofThread ??= new();
        read._messages.Clear();
        read._routes.Clear();
        read.Samples.Clear();
        return read;
    }

    /// <summary>Notes that the last samples decoded came for the route.</summary>
    public void Add(Route route, int count)
    {
        var index = _messages.Count;
        _messages.Add(new(Samples.Count - count, count, -1));
        if (route.Pending == 0)
        {
            _routes.Add(route);
            route.First = index;
        }
        else
        {
            CollectionsMarshal.AsSpan(_messages)[route.Last].Next = index;
        }

        route.Last = index;
        route.Pending += count;
    }

    /// <summary>Takes the samples of one route, in order of arrival.</summary>
    public ImmutableArray<Sample> Take(Route route)
    {
        var samples = new Sample[route.Pending];
        var at = 0;
        for (var index = route.First; index >= 0; index = _messages[index].Next)
        {
            var message = _messages[index];
            Samples.Samples.Slice(message.From, message.Count).CopyTo(samples.AsSpan(at));
            at += message.Count;
        }

        route.Pending = 0;
        return ImmutableCollectionsMarshal.AsImmutableArray(samples);
    }

    private record struct Message(int From, int Count, int Next);
}
