namespace Quartier.Contracts.Gateways;

/// <summary>Bounds of what is kept about gateways' credentials.</summary>
public static class GatewayLimits
{
    /// <summary>Credentials of one gateway at most, those that have ended and are remembered included: two certificates overlap when one is renewed, and the rest is history.</summary>
    public const int CredentialsMax = 20;

    /// <summary>Credentials of the whole installation at most: the largest municipalities have some ten thousand gateways.</summary>
    public const int InstallationMax = 200_000;

    /// <summary>Shortest password that somebody may choose, in characters.</summary>
    public const int PasswordLeast = 16;

    /// <summary>Longest password, in characters: what devices' forms take.</summary>
    public const int PasswordMost = 128;

    /// <summary>Longest life of a certificate.</summary>
    public static TimeSpan CertificateLife { get; } = TimeSpan.FromDays(5 * 366);

    /// <summary>Life of a certificate when none is asked for.</summary>
    public static TimeSpan UsualLife { get; } = TimeSpan.FromDays(2 * 366);
}
