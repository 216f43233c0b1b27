namespace Quartier.Mqtt.Sessions;

/// <summary>
/// How many sessions outlive their connections, and whose they are. An owner may have as many as are left free for all, so that N owners get 1/(N + 1) each
/// and nobody can use them up. Nobody in particular, the empty owner, is limited with all together only. The caller locks.
/// </summary>
internal sealed class SessionShares(int most)
{
    /// <summary>What an owner may have in any case while there is room: a gateway with its spare, or a partner's readers.</summary>
    private const int AlwaysGranted = 16;

    private readonly Dictionary<string, int> _owners = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>Of all owners.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Why the owner may not have one more; null when it may.</summary>
    /// <param name="owner">Whose session it would be.</param>
    /// <param name="replaced">How many of its sessions would end with that: 0 or 1.</param>
    public string? Refusal(string owner, int replaced)
    {
        var count = _count - replaced;
        if (count >= most)
        {
            return $"There are {_count} lasting sessions, the limit; connect with a clean start and without expiry.";
        }

        var own = _owners.GetValueOrDefault(owner) - replaced;
        return owner.Length == 0 || own < Math.Max(AlwaysGranted, most - count)
            ? null
            : $"{owner} has {own} lasting sessions, and no more than that are left for all others; let some of them expire, or connect with a clean start and without expiry.";
    }

    /// <summary>One more.</summary>
    public void Add(string owner)
    {
        _count++;
        _owners[owner] = _owners.GetValueOrDefault(owner) + 1;
    }

    /// <summary>One fewer.</summary>
    public void Remove(string owner)
    {
        _count--;
        if (--_owners[owner] == 0)
        {
            _owners.Remove(owner);
        }
    }
}
