import type { Knex } from 'knex'

/**
 * Consents pin purpose versions and notices; what was once in force can therefore never go, whoever asks. The application's
 * role holds no DELETE on these tables; this stops the owner as well. Registries change rarely, so the triggers cost nothing.
 */
export const up = (knex: Knex) =>
  knex.raw(`
    create function published_stays() returns trigger language plpgsql as $$
    begin
      if tg_op = 'TRUNCATE' then
        raise exception 'what was published is never deleted' using errcode = 'restrict_violation';
      end if;
      if exists (select 1 from purpose_versions v
                  where v.purpose_id = old.purpose_id and v.published_at is not null
                    and (tg_table_name = 'purposes' or v.version =
                      case tg_table_name when 'notices' then (to_jsonb(old) ->> 'purpose_version')::int
                                         else (to_jsonb(old) ->> 'version')::int end)) then
        raise exception 'what was published is never deleted' using errcode = 'restrict_violation';
      end if;
      return old;
    end $$;
    create trigger purposes_stay before delete on purposes for each row execute function published_stays();
    create trigger purpose_versions_stay before delete on purpose_versions for each row execute function published_stays();
    create trigger notices_stay before delete on notices for each row execute function published_stays();
    create trigger purposes_stay_whole before truncate on purposes execute function published_stays();
    create trigger purpose_versions_stay_whole before truncate on purpose_versions execute function published_stays();
    create trigger notices_stay_whole before truncate on notices execute function published_stays();
  `)

export const down = (knex: Knex) => knex.raw('drop function published_stays() cascade')
