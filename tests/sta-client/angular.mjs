// Starts what @helgoland/core needs of Angular without a page: its compiler, an injector, and HTTP by fetch.
import { register } from 'node:module';
import '@angular/compiler';
import { Injector } from '@angular/core';
import { HttpErrorResponse, HttpHandler, HttpResponse } from '@angular/common/http';
import { Observable } from 'rxjs';

register('./named-exports.mjs', import.meta.url);

/** Sends requests of Angular's HTTP client by fetch, and keeps what was asked. */
export class FetchHandler {
  asked = [];

  constructor(headers = {}) {
    this.headers = headers;
  }

  handle(request) {
    return new Observable((observer) => {
      this.asked.push(request.urlWithParams);
      fetch(request.urlWithParams, { method: request.method, headers: { Accept: 'application/json', ...this.headers } })
        .then(async (answer) => {
          const body = await answer.json();
          if (!answer.ok) {
            observer.error(new HttpErrorResponse({ status: answer.status, url: answer.url, error: body }));
            return;
          }
          observer.next(new HttpResponse({ status: answer.status, url: answer.url, body }));
          observer.complete();
        })
        .catch((error) => observer.error(error));
    });
  }
}

/** The connector of the SensorThings API, as an application of the library would have it; the headers go with each request. */
export async function connector(headers) {
  const helgoland = await import('@helgoland/core');
  const handler = new FetchHandler(headers);
  const injector = Injector.create({
    providers: [
      { provide: HttpHandler, useValue: handler },
      { provide: helgoland.HttpService, useFactory: () => new helgoland.HttpService(), deps: [] },
      { provide: helgoland.InternalIdHandler, useFactory: () => new helgoland.InternalIdHandler(), deps: [] },
      { provide: helgoland.StaInterfaceService, useFactory: () => new helgoland.StaInterfaceService(), deps: [] },
      { provide: helgoland.StaApiV1Connector, useFactory: () => new helgoland.StaApiV1Connector(), deps: [] },
    ],
  });
  return { helgoland, sta: injector.get(helgoland.StaApiV1Connector), raw: injector.get(helgoland.StaInterfaceService), asked: handler.asked };
}
