namespace Quartier.Api.Accounts;

/// <summary>What is wrong with a credential.</summary>
public enum CredentialFault : byte
{
    /// <summary>Nothing: it proves a principal.</summary>
    None = 0,

    /// <summary>It never was one, or not of this installation.</summary>
    Wrong = 1,

    /// <summary>It was one, and has expired or was revoked.</summary>
    Ended = 2,

    /// <summary>Too many wrong ones came from the same address within a minute; it was not one either.</summary>
    TooMany = 3,
}
