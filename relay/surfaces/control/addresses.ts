// `/addresses` and `/addresses.json` on the control listener: which CDN addresses artifacts asked for, and which had no answer.
import { type RequestHandler, Router } from 'express';
import { lifetimes } from '../../http/headers.ts';
import type { AddressLog } from '../../packages/cdn/rules/address-log.ts';
import { renderAddressesPage } from './addresses-page.ts';

/** Shows the log as a page for people and as JSON for programs. */
export function createAddresses(addresses: AddressLog): RequestHandler {
  const router = Router();
  router.get('/addresses', (_req, res) => {
    res.set('Cache-Control', lifetimes.never).type('html').send(renderAddressesPage(addresses.list()));
  });
  router.get('/addresses.json', (_req, res) => {
    res.set('Cache-Control', lifetimes.never).json({ addresses: addresses.list() });
  });
  return router;
}
