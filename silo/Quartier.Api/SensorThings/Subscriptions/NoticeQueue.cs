using System.Collections.Immutable;
using System.Threading.Channels;
using Quartier.Contracts.SensorThings;

namespace Quartier.Api.SensorThings.Subscriptions;

/// <summary>What has happened and is still to be told. Whoever made it happen never waits for that: what finds no room is counted.</summary>
internal sealed class NoticeQueue(SubscribedTopics topics)
{
    /// <summary>As many as one body of Observations may hold: some megabytes.</summary>
    private const int Most = 100_000;

    private readonly Channel<Happening> _happenings = Channel.CreateBounded<Happening>(new BoundedChannelOptions(Most) { SingleReader = true });
    private long _dropped;

    /// <summary>Happenings of which nobody was told because too many waited.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Whether anybody wants to be told of readings.</summary>
    public bool TakesReadings => topics.OfObservations.Count > 0;

    /// <summary>What waits.</summary>
    public ChannelReader<Happening> Waiting => _happenings.Reader;

    /// <summary>A reading was stored.</summary>
    public void Add(int number, long timeMs) => Add(new Happening(number, timeMs, default));

    /// <summary>Entities changed. Also taken when only Observations are subscribed to: what leads to which of them may be another one now.</summary>
    public void Add(ImmutableArray<EntityConsequence> changes)
    {
        if (!topics.IsEmpty)
        {
            Add(new Happening(0, 0, changes));
        }
    }

    /// <summary>So many could not be told.</summary>
    public void Drop(long count) => Interlocked.Add(ref _dropped, count);

    private void Add(in Happening happening)
    {
        if (!_happenings.Writer.TryWrite(happening))
        {
            Drop(1);
        }
    }
}
