namespace Quartier.Mqtt.Admission;

/// <summary>What is remembered of one remote address. Guarded by the lock of <see cref="AddressBook"/>.</summary>
internal sealed class AddressRecord(double tokens, long nowMs)
{
    /// <summary>Connections at present.</summary>
    public int Open { get; set; }

    /// <summary>Connections at present whose CONNECT has not been accepted yet.</summary>
    public int HalfOpen { get; set; }

    /// <summary>How many connections may come now; refilled with time.</summary>
    public double Tokens { get; set; } = tokens;

    /// <summary>When <see cref="Tokens"/> was refilled.</summary>
    public long RefilledMs { get; set; } = nowMs;

    /// <summary>Wrong credentials since <see cref="FirstFailureMs"/>.</summary>
    public int Failures { get; set; }

    /// <summary>When the first of <see cref="Failures"/> came.</summary>
    public long FirstFailureMs { get; set; }

    /// <summary>Until when the address is banned; in the past when it is not.</summary>
    public long BannedUntilMs { get; set; } = long.MinValue;

    /// <summary>When a refusal of this address was last logged.</summary>
    public long LoggedMs { get; set; } = long.MinValue;
}
