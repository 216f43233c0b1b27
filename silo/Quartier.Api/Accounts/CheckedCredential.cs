using Quartier.Contracts.Principals;

namespace Quartier.Api.Accounts;

/// <summary>What a credential proved.</summary>
/// <param name="Fault">What is wrong with it.</param>
/// <param name="Principal">Who it is; the public when there is a fault, which must not be taken for a permission to go on.</param>
/// <param name="Reference"><c>key:ID</c>, <c>session:ID</c> or <c>local-key</c>; null when there is a fault.</param>
/// <param name="Detail">What was wrong, and the remedy; empty when nothing is. Never the credential.</param>
/// <param name="RetryAfterSeconds">With <see cref="CredentialFault.TooMany"/>: when to try again.</param>
/// <param name="CheckNumber">When it was checked, as <see cref="CredentialWatch"/> counts.</param>
public sealed record CheckedCredential(
    CredentialFault Fault, Principal Principal, string? Reference, string Detail, int RetryAfterSeconds, long CheckNumber)
{
    /// <summary>The reference of the key that lies in the data directory.</summary>
    public const string LocalKey = "local-key";

    /// <summary>The person whom the local key authenticates, and for whom the first sign-in link is.</summary>
    public const string Administrator = Person.Administrator;
}
