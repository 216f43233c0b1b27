namespace Quartier.Mqtt.Sessions;

/// <summary>
/// Numbers for topics towards one connection (section 3.3.2.3.4). The first topics keep theirs: sensors repeat, and a table that forgets would send
/// each name twice.
/// </summary>
internal sealed class OutgoingAliases(int maximum)
{
    private readonly Dictionary<byte[], ushort> _aliases = new(TopicKey.Comparer);

    /// <summary>The number to use, 0 for none; not known yet means that the name must go with it.</summary>
    public ushort Find(byte[] topic, out bool isKnown)
    {
        isKnown = _aliases.TryGetValue(topic, out var alias);
        return isKnown ? alias : _aliases.Count < maximum ? (ushort)(_aliases.Count + 1) : (ushort)0;
    }

    /// <summary>The name has been sent with the number that <see cref="Find"/> gave.</summary>
    public void Set(byte[] topic, ushort alias) => _aliases[topic] = alias;

    private sealed class TopicKey : IEqualityComparer<byte[]>
    {
        public static TopicKey Comparer { get; } = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] topic)
        {
            var hash = default(HashCode);
            hash.AddBytes(topic);
            return hash.ToHashCode();
        }
    }
}
