using System.Net;
using System.Text;

namespace Gateway.Tests.Cli;

/// <summary>Answers HTTP requests in memory, by path and query.</summary>
internal sealed class StubServer(Func<HttpRequestMessage, (HttpStatusCode Status, string Type, string Body)> answer) : HttpMessageHandler
{
    public List<string> Requests { get; } = [];

    public HttpClient Client() => new(this, disposeHandler: false) { BaseAddress = new Uri("http://127.0.0.1/") };

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests.Add($"{request.Method} {request.RequestUri!.PathAndQuery}");
        var (status, type, body) = answer(request);
        return Task.FromResult(new HttpResponseMessage(status)
        {
            RequestMessage = request,
            Content = new StringContent(body, Encoding.UTF8, type),
        });
    }
}
