using System.Collections.Immutable;

namespace Quartier.Contracts.Principals;

/// <summary>A link that signs a person in once, as it is kept.</summary>
/// <param name="Id">The part of the link by which it is found.</param>
/// <param name="Hash">SHA-256 of the link's 32 random bytes.</param>
/// <param name="Person">Id of the person.</param>
/// <param name="UntilMs">When it ends, in milliseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="UsedMs">When it was used; null while it was not.</param>
public sealed record SignInLink(string Id, ImmutableArray<byte> Hash, string Person, long UntilMs, long? UsedMs);
