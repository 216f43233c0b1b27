namespace Quartier.Contracts.Principals;

/// <summary>What became of a change of the accounts.</summary>
public enum AccountOutcome : byte
{
    /// <summary>It is durable.</summary>
    Done = 0,

    /// <summary>The id is taken.</summary>
    Exists = 1,

    /// <summary>There is no such person or key.</summary>
    Unknown = 2,

    /// <summary>Another person is linked to the same subject of the same issuer.</summary>
    SubjectTaken = 3,

    /// <summary>Another person has the same e-mail address.</summary>
    EmailTaken = 4,

    /// <summary>A bound of <see cref="AccountLimits"/> is reached.</summary>
    Full = 5,
}
