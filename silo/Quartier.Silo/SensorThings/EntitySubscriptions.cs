using Quartier.Api.SensorThings.Subscriptions;
using Quartier.Mqtt.Packets;

namespace Quartier.Silo.SensorThings;

/// <summary>The topics of the SensorThings API to which one client has subscribed; each counts once, however often it subscribes, until it unsubscribes or has gone.</summary>
internal sealed class EntitySubscriptions(SubscribedTopics topics, string owner) : IDisposable
{
    /// <summary>Different topics of one connection: a page shows no more, and one client must not take the room of all others.</summary>
    public const int Most = 200;

    /// <summary>First level of the topics of the SensorThings API.</summary>
    public const string Level = "v1.1";

    private readonly HashSet<string> _filters = new(StringComparer.Ordinal);

    /// <summary>Whether a filter asks for the SensorThings API alone.</summary>
    public static bool IsTopic(string filter) => filter.StartsWith(Level + "/", StringComparison.Ordinal);

    /// <summary>The client subscribes.</summary>
    public ReasonCode Add(string filter, QualityOfService wanted)
    {
        if (_filters.Contains(filter))
        {
            return (ReasonCode)(byte)wanted;
        }

        if (!SubscribedTopics.IsTopic(filter))
        {
            return ReasonCode.TopicFilterInvalid;
        }

        if (_filters.Count >= Most || !topics.TryJoin(filter, owner))
        {
            return ReasonCode.QuotaExceeded;
        }

        _filters.Add(filter);
        return (ReasonCode)(byte)wanted;
    }

    /// <summary>The client has unsubscribed.</summary>
    public void Remove(string filter)
    {
        if (_filters.Remove(filter))
        {
            topics.Leave(filter, owner);
        }
    }

    /// <summary>The client has gone.</summary>
    public void Dispose()
    {
        foreach (var filter in _filters)
        {
            topics.Leave(filter, owner);
        }

        _filters.Clear();
    }
}
