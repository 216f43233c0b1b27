using System.Collections.Immutable;

namespace Quartier.Contracts.Principals;

/// <summary>A browser in which a person is signed in, as it is kept.</summary>
/// <param name="Id">The part of the cookie by which it is found.</param>
/// <param name="Hash">SHA-256 of the cookie's 32 random bytes.</param>
/// <param name="Person">Id of the person.</param>
/// <param name="CreatedMs">When it began, in milliseconds since 1970-01-01T00:00:00Z.</param>
/// <param name="SeenMs">When it was last used, to within minutes.</param>
/// <param name="EndedMs">When the person signed out; null while not.</param>
public sealed record SignInSession(string Id, ImmutableArray<byte> Hash, string Person, long CreatedMs, long SeenMs, long? EndedMs);
