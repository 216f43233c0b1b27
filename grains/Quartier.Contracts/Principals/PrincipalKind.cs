namespace Quartier.Contracts.Principals;

/// <summary>What kind of principal asks.</summary>
public enum PrincipalKind : byte
{
    /// <summary>Everybody, without an account.</summary>
    Public = 0,

    /// <summary>A natural person with an account; belongs to offices and has roles.</summary>
    Person = 1,

    /// <summary>A program with an API key that is bound to a contract.</summary>
    System = 2,
}
