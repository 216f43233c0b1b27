namespace Quartier.Mqtt.Sessions;

/// <summary>
/// What all wills weigh together, and whose they are. An owner's may weigh as much as is left free for all others, so that nobody can use it up; nobody in particular, the
/// empty owner, is limited with all together only. The caller locks.
/// </summary>
internal sealed class WillShares(long maxBytes)
{
    private readonly Dictionary<string, long> _owners = new(StringComparer.Ordinal);
    private long _bytes;

    /// <summary>Of all owners.</summary>
    public long Bytes => _bytes;

    /// <summary>Why the owner may not leave one of this weight; null when it may.</summary>
    public string? Refusal(string owner, long bytes)
    {
        if (_bytes + bytes > maxBytes)
        {
            return $"The will weighs {bytes} bytes, and {maxBytes - _bytes} of {maxBytes} for all wills are left. Send a smaller one, or connect without.";
        }

        var own = _owners.GetValueOrDefault(owner);
        return owner.Length == 0 || own + bytes <= maxBytes - _bytes
            ? null
            : $"The wills of {owner} weigh {own} bytes, and with {bytes} more no more than that would be left for all others. Send smaller ones, or connect without.";
    }

    /// <summary>One more. Those that the disk brings back may go beyond the limit.</summary>
    public void Add(string owner, long bytes)
    {
        _bytes += bytes;
        _owners[owner] = _owners.GetValueOrDefault(owner) + bytes;
    }

    /// <summary>One fewer.</summary>
    public void Remove(string owner, long bytes)
    {
        _bytes -= bytes;
        if ((_owners[owner] -= bytes) == 0)
        {
            _owners.Remove(owner);
        }
    }
}
