namespace Quartier.Contracts.Readings;

/// <summary>The store cannot serve: closed, in use by another process, newer than the program, or failed for good. The message says the remedy.</summary>
public sealed class StoreException : Exception
{
    /// <summary>Creates the exception.</summary>
    public StoreException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
