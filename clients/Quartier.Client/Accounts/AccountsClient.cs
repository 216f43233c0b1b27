using System.Net.Http.Json;
using System.Text.Json.Serialization.Metadata;

namespace Quartier.Client.Accounts;

/// <summary>Persons, keys and sign-ins (docs/accounts.md). Throws like <see cref="QuartierClient"/>.</summary>
public sealed class AccountsClient
{
    private readonly QuartierClient client;

    internal AccountsClient(QuartierClient client) => this.client = client;

    /// <summary>Who the caller is.</summary>
    public Task<Me> GetMeAsync(CancellationToken cancellation) =>
        SendAsync(HttpMethod.Get, "api/me", ClientJson.Default.Me, cancellation);

    /// <summary>The persons whom the caller administers.</summary>
    public Task<IReadOnlyList<Person>> GetPersonsAsync(CancellationToken cancellation) =>
        SendAsync(HttpMethod.Get, "api/persons", ClientJson.Default.IReadOnlyListPerson, cancellation);

    /// <summary>Adds a person.</summary>
    public Task<Person> AddPersonAsync(PersonChange person, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Post, "api/persons", person, ClientJson.Default.PersonChange, ClientJson.Default.Person, cancellation);

    /// <summary>Changes a person.</summary>
    public Task<Person> ChangePersonAsync(string id, PersonChange change, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Patch, "api/persons/" + Escape(id), change, ClientJson.Default.PersonChange, ClientJson.Default.Person, cancellation);

    /// <summary>Makes a link that signs the person in once.</summary>
    public Task<NewLink> CreateSignInLinkAsync(string person, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Post, $"api/persons/{Escape(person)}/sign-in-link", ClientJson.Default.NewLink, cancellation);

    /// <summary>Those whom the identity provider vouched for and whom no person is linked to.</summary>
    public Task<IReadOnlyList<RefusedSubject>> GetRefusedAsync(CancellationToken cancellation) =>
        SendAsync(HttpMethod.Get, "api/sign-in/refused", ClientJson.Default.IReadOnlyListRefusedSubject, cancellation);

    /// <summary>The keys that the caller administers.</summary>
    public Task<IReadOnlyList<ApiKey>> GetKeysAsync(CancellationToken cancellation) =>
        SendAsync(HttpMethod.Get, "api/keys", ClientJson.Default.IReadOnlyListApiKey, cancellation);

    /// <summary>Makes a key.</summary>
    public Task<NewKey> CreateKeyAsync(KeyRequest request, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Post, "api/keys", request, ClientJson.Default.KeyRequest, ClientJson.Default.NewKey, cancellation);

    /// <summary>Revokes a key at once.</summary>
    public Task<ApiKey> RevokeKeyAsync(string id, CancellationToken cancellation) =>
        SendAsync(HttpMethod.Delete, "api/keys/" + Escape(id), ClientJson.Default.ApiKey, cancellation);

    private static string Escape(string segment) => Uri.EscapeDataString(segment);

    private async Task<T> SendAsync<T>(HttpMethod method, string path, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, path);
        return await client.SendAsync(request, type, cancellation).ConfigureAwait(false);
    }

    private async Task<T> SendAsync<TBody, T>(
        HttpMethod method, string path, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body, bodyType) };
        return await client.SendAsync(request, type, cancellation).ConfigureAwait(false);
    }
}
