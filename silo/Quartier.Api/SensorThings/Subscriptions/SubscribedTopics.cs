namespace Quartier.Api.SensorThings.Subscriptions;

/// <summary>The topics of the SensorThings API to which MQTT clients have subscribed. What happens is looked at for these alone. Any thread may call.</summary>
public sealed class SubscribedTopics
{
    /// <summary>Different topics at once, of all clients: each is looked at for each change.</summary>
    public const int Most = 2_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (SubscribedTopic Topic, int Clients)> _topics = new(StringComparer.Ordinal);
    private volatile SubscribedTopic[] _ofEntities = [];
    private volatile SubscribedTopic[] _ofObservations = [];

    internal IReadOnlyList<SubscribedTopic> OfEntities => _ofEntities;

    internal IReadOnlyList<SubscribedTopic> OfObservations => _ofObservations;

    internal bool IsEmpty => _ofEntities.Length == 0 && _ofObservations.Length == 0;

    /// <summary>Whether it is a topic that can be subscribed to.</summary>
    public static bool IsTopic(string filter) => SubscribedTopic.Read(filter) is not null;

    /// <summary>A client subscribes; false when it is no such topic, or there are too many of them.</summary>
    public bool TryJoin(string filter)
    {
        lock (_gate)
        {
            if (_topics.TryGetValue(filter, out var known))
            {
                _topics[filter] = (known.Topic, known.Clients + 1);
                return true;
            }

            if (_topics.Count >= Most || SubscribedTopic.Read(filter) is not { } topic)
            {
                return false;
            }

            _topics[filter] = (topic, 1);
            Renew_NeedsLock();
            return true;
        }
    }

    /// <summary>The client has gone.</summary>
    public void Leave(string filter)
    {
        lock (_gate)
        {
            if (!_topics.TryGetValue(filter, out var known))
            {
                return;
            }

            if (known.Clients > 1)
            {
                _topics[filter] = (known.Topic, known.Clients - 1);
                return;
            }

            _topics.Remove(filter);
            Renew_NeedsLock();
        }
    }

    private void Renew_NeedsLock()
    {
        var observed = _topics.Values.Select(t => t.Topic).ToLookup(t => t.IsOfObservations);
        (_ofObservations, _ofEntities) = ([.. observed[true]], [.. observed[false]]);
    }
}
