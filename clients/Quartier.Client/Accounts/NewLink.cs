namespace Quartier.Client.Accounts;

/// <summary>A sign-in link that was just made.</summary>
/// <param name="Link">To be opened in the person's browser; works once.</param>
/// <param name="Until">When it ends.</param>
public sealed record NewLink(string Link, DateTimeOffset Until)
{
    /// <summary>Names the link without its secret, which must never reach a log.</summary>
    public override string ToString() => $"a sign-in link until {Until:u}";
}
