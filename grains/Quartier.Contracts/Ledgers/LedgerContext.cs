namespace Quartier.Contracts.Ledgers;

/// <summary>How a grain learns on whose behalf it is called, for what it records. Set by the API from the caller it has authenticated.</summary>
public static class LedgerContext
{
    /// <summary>Key in the request context; the value is a principal's reference.</summary>
    public const string Who = "quartier.who";

    /// <summary>Who acts when nobody asked: the program itself.</summary>
    public const string Itself = "system:quartier";
}
