namespace Quartier.Domain.Principals;

/// <summary>What a secret is for. One kind is never accepted in place of another.</summary>
public enum SecretKind : byte
{
    /// <summary>An API key: <c>qk_…</c>.</summary>
    Key = 0,

    /// <summary>The cookie of a session: <c>qs_…</c>.</summary>
    Session = 1,

    /// <summary>A sign-in link that works once: <c>ql_…</c>.</summary>
    Link = 2,
}
