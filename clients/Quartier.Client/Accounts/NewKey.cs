namespace Quartier.Client.Accounts;

/// <summary>A key that was just made.</summary>
/// <param name="Key">The key itself, shown this once.</param>
/// <param name="Item">What the server keeps of it.</param>
public sealed record NewKey(string Key, ApiKey Item)
{
    /// <summary>Names the key without its secret, which must never reach a log.</summary>
    public override string ToString() => Item.ToString();
}
