using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Quartier.Contracts.Readings;

namespace Quartier.Api.Http;

/// <summary>Turns what goes wrong outside of the routes' own answers into problem documents.</summary>
internal sealed class ProblemPages(ILogger<ProblemPages> logger)
{
    /// <summary>A store that does not serve is worth asking again after this many seconds.</summary>
    private const int StoreRetrySeconds = 10;

    /// <summary>A grain that goes through its history, or through a long change, is worth asking again after this many seconds.</summary>
    private const int GrainRetrySeconds = 30;

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            LimitBody(context);
            await next(context).ConfigureAwait(false);
            if (IsBareError(context))
            {
                await Bare(context).ExecuteAsync(context).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            Log.RequestAborted(logger, context.Request.Path);
        }
        catch (BadHttpRequestException e)
        {
            await AnswerAsync(context, OfBadRequest(e)).ConfigureAwait(false);
        }
        catch (StoreException e)
        {
            Log.StoreUnavailable(logger, context.Request.Path, e);
            await AnswerAsync(context, Problems.Unavailable(e.Message, StoreRetrySeconds)).ConfigureAwait(false);
        }
        catch (TimeoutException e)
        {
            Log.NotInTime(logger, context.Request.Method, context.Request.Path, e);
            await AnswerAsync(context, NotInTime(context.Request)).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // The boundary of a request: whatever was not foreseen is logged here, and the caller learns nothing about the inside.
            Log.Unhandled(logger, context.Request.Method, context.Request.Path, context.TraceIdentifier, e);
            await AnswerAsync(context, Unforeseen(context.TraceIdentifier)).ConfigureAwait(false);
        }
    }

    private static void LimitBody(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = RequestBody.DefaultMaxBytes;
        }
    }

    private static Task AnswerAsync(HttpContext context, ApiProblem problem)
    {
        if (context.Response.HasStarted)
        {
            // Half an answer must not look like a whole one.
            context.Abort();
            return Task.CompletedTask;
        }

        context.Response.Clear();
        return SecurityHeaders.InvokeAsync(context, problem.ExecuteAsync);
    }

    private static bool IsBareError(HttpContext context)
    {
        var response = context.Response;
        return !response.HasStarted && response.StatusCode >= 400 && response.ContentLength is null && string.IsNullOrEmpty(response.ContentType);
    }

    private static ApiProblem Bare(HttpContext context)
    {
        var status = context.Response.StatusCode;
        var address = $"{context.Request.Method} {Problems.Quote(context.Request.Path.Value ?? "/")}";
        return status switch
        {
            StatusCodes.Status404NotFound => Problems.Create(
                status, "no-route", "No such route", $"Nothing is served at {address}. The routes are described at /openapi/v1.json."),
            StatusCodes.Status405MethodNotAllowed => Problems.Create(
                status, "method", "The method is not taken here", $"{address} is not taken. Allowed: {context.Response.Headers.Allow}."),
            StatusCodes.Status413PayloadTooLarge => Problems.TooLarge(RequestBody.DefaultMaxBytes),
            StatusCodes.Status415UnsupportedMediaType => Problems.MediaType(context.Request.ContentType, "described at /openapi/v1.json"),
            _ => Problems.Create(status, "http", "The request was refused", $"{address} was answered with status {status}."),
        };
    }

    private static ApiProblem OfBadRequest(BadHttpRequestException e) => e.StatusCode switch
    {
        StatusCodes.Status413PayloadTooLarge => Problems.Create(
            e.StatusCode, "too-large", "The request's body is too large", "The body is longer than this route takes. Send a smaller body."),
        _ => Problems.Create(e.StatusCode, "bad-request", "The request cannot be read", e.Message),
    };

    private static ApiProblem NotInTime(HttpRequest request) => Problems.Unavailable(
        "What this asks for did not answer in time: after a start it may still be going through its history, or it is busy with a change that takes long; /health says whether "
            + (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)
                ? "grains are waking. Ask again."
                : "grains are waking. It may have been carried out, or still be under way: look before you repeat it."),
        GrainRetrySeconds);

    private static ApiProblem Unforeseen(string trace) => Problems.Create(
        StatusCodes.Status500InternalServerError,
        "unforeseen",
        "Something went wrong in the server",
        $"The request was not carried out. The server's log says why under '{trace}'; please report it if it happens again.");
}
