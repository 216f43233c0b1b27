namespace Quartier.Contracts.Principals;

/// <summary>Bounds of what is kept about accounts.</summary>
public static class AccountLimits
{
    /// <summary>Persons at most: several times the staff of the largest municipality that one installation serves.</summary>
    public const int PersonsMax = 10_000;

    /// <summary>API keys at most, revoked and expired ones included until they are forgotten.</summary>
    public const int KeysMax = 10_000;

    /// <summary>Sessions of one person at most: devices, not people; the oldest ends when another begins.</summary>
    public const int SessionsPerPersonMax = 20;

    /// <summary>Sign-in links of one person that wait to be used at most; the oldest ends when another is made.</summary>
    public const int LinksPerPersonMax = 5;

    /// <summary>Offices of one person at most.</summary>
    public const int OfficesMax = 50;

    /// <summary>Longest life of an API key.</summary>
    public static TimeSpan KeyLife { get; } = TimeSpan.FromDays(2 * 366);

    /// <summary>A session that nobody used for this long has ended: one working day.</summary>
    public static TimeSpan SessionIdle { get; } = TimeSpan.FromHours(12);

    /// <summary>Longest life of a session.</summary>
    public static TimeSpan SessionLife { get; } = TimeSpan.FromDays(7);

    /// <summary>Life of a sign-in link.</summary>
    public static TimeSpan LinkLife { get; } = TimeSpan.FromHours(1);

    /// <summary>Who made or changed an account counts for this long: a new colleague's second pair of eyes is worth waiting a month for.</summary>
    public static TimeSpan ChangesCount { get; } = TimeSpan.FromDays(30);

    /// <summary>Keys, sessions and links are remembered this long after their end, so that whoever still has one is told that it has ended.</summary>
    public static TimeSpan Remembered { get; } = TimeSpan.FromDays(30);
}
